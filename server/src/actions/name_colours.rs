//! Says what the colours of a group mean.

use crate::{actions::Failure, house::House};
use domain::{
    event::{Change, Event},
    group::Palette,
    permission::{Editor, Member},
};

/// Names the four colours.
pub async fn name(house: &House, by: Member<Editor>, palette: Palette) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    store::group::set_palette(&mut act, by.group(), &palette).await?;
    act.done(None, Change::ColoursNamed(palette)).await
}
