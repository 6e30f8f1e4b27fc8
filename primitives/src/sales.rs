//! What a title was sold for, as the parts beside the market see it.

use crate::{SeriesId, TitleId};

/// Reads of sales.
pub trait Sales {
	/// Whether the title, or every title that it was made from, was ever bought by someone other than
	/// its lot's provider.
	fn was_sold(series: SeriesId, title: TitleId) -> bool;
}
