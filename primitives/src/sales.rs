//! What a title was sold for, as the parts beside the market see it.

use crate::{LotId, SeriesId, TitleId};

/// Reads of sales.
pub trait Sales {
	/// Whether the lot's provider has sold the title, or every title that it was made from, to
	/// someone else in the market.
	fn was_sold(series: SeriesId, title: TitleId) -> bool;
	/// Whether units of the lot were sold outright. Then none may be issued in any other way: what
	/// comes back of a lost day goes to all units alike.
	fn is_sold_outright(lot: LotId) -> bool;
}
