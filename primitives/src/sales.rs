//! What a title was sold for, as the parts beside the market see it.

use crate::{SeriesId, TitleId};

/// Reads of sales.
pub trait Sales {
	/// Whether the lot's provider has sold the title, or every title that it was made from, to
	/// someone else in the market.
	fn was_sold(series: SeriesId, title: TitleId) -> bool;
}
