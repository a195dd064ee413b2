//! Where a loudspeaker stands.

use sea_orm::{ActiveModelTrait, Set};

use super::entity::speaker;
use super::find;
use crate::accounts::{Person, Right};
use crate::app::App;
use crate::audit;
use crate::error::Failure;
use crate::ids::SpeakerId;

/// A place on the ground, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// North of the equator.
    pub latitude: f64,
    /// East of Greenwich.
    pub longitude: f64,
}

impl Place {
    /// As people have it from a map or a phone: `20.5411, 105.9139`, or an address of a map that holds it
    /// (`…/@20.5411,105.9139,17z`). Latitude first; nothing when there is no such pair of it.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-');
        let numbers: Vec<f64> = text
            .split(|letter| !digits(letter))
            .filter(|part| part.contains('.'))
            .filter_map(|part| part.parse().ok())
            .collect();
        let [latitude, longitude, ..] = numbers[..] else {
            return None;
        };
        // Where Mercator's map ends.
        let known = (-85.0..=85.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        known.then_some(Self {
            latitude,
            longitude,
        })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A metre is enough.
        write!(f, "{:.5}, {:.5}", self.latitude, self.longitude)
    }
}

impl speaker::Model {
    /// Where it stands, if somebody said so.
    pub fn place(&self) -> Option<Place> {
        Some(Place {
            latitude: self.latitude?,
            longitude: self.longitude?,
        })
    }
}

/// Says where a loudspeaker stands; an empty text forgets it.
pub async fn set_place(
    app: &App,
    person: &Person,
    id: SpeakerId,
    text: &str,
) -> Result<(), Failure> {
    let (row, area) = find(app, person, id).await?;
    person.require(Right::Air, area.unit_id)?;
    let place = match text.trim() {
        "" => None,
        typed => Some(Place::parse(typed).ok_or(Failure::Invalid("speakers-place-odd"))?),
    };
    let transaction = app.begin().await?;
    let changed = speaker::ActiveModel {
        id: Set(row.id),
        latitude: Set(place.map(|place| place.latitude)),
        longitude: Set(place.map(|place| place.longitude)),
        ..Default::default()
    };
    changed.update(&transaction).await?;
    let detail = place.map(|place| place.to_string()).unwrap_or_default();
    let (who, subject) = (Some(person.id), ("speaker", id.0));
    audit::note(app, &transaction, who, "place", subject, &detail).await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_people_have_it() {
        let phu_ly = Place {
            latitude: 20.5411,
            longitude: 105.9139,
        };
        for text in [
            "20.5411, 105.9139",
            " 20.5411 105.9139 ",
            "(20.5411;105.9139)",
            "https://maps.example/@20.5411,105.9139,17z",
        ] {
            assert_eq!(Place::parse(text), Some(phu_ly), "{text}");
        }
        for text in [
            "",
            "Phủ Lý",
            "20.5411",
            "105.9139, 20.5411",
            "20, 105",
            "1.2.3, 4.5",
        ] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
        assert_eq!(Place::parse(&phu_ly.to_string()), Some(phu_ly));
    }
}
