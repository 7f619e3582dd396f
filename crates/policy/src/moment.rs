//! Moments as an author writes them, in the policy's time zone.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::suggest::nearest;

/// Zones that are suggested for a name that is not known.
const USUAL_ZONES: [&str; 16] = [
    "UTC",
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "Asia/Singapore",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Australia/Sydney",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
];

/// The time zone of that name.
///
/// # Errors
/// What to write instead.
pub(crate) fn zone(name: &str) -> Result<TimeZone, String> {
    // The same policy must mean the same moments everywhere: the bundled table
    // decides, never the table of the machine that compiles.
    jiff::tz::TimeZoneDatabase::bundled().get(name).map_err(|_| {
        nearest(name, &USUAL_ZONES).map_or_else(
            || "write a name such as `Asia/Jakarta`, `Europe/London` or `UTC`".to_owned(),
            |near| format!("write `{near}` instead"),
        )
    })
}

/// Seconds since 1970 UTC of a moment; a bare date is midnight in `zone`.
///
/// # Errors
/// What is wrong with the text.
pub(crate) fn seconds(text: &str, zone: &TimeZone) -> Result<i64, String> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_second());
    }
    let local: Result<Zoned, jiff::Error> = if text.len() > 10 {
        text.parse::<DateTime>().and_then(|t| t.to_zoned(zone.clone()))
    } else {
        text.parse::<Date>().and_then(|d| d.to_zoned(zone.clone()))
    };
    local.map(|t| t.timestamp().as_second()).map_err(|_| {
        format!("`{text}` is not a date: write 2026-03-01, or 2026-03-01T09:00:00+07:00")
    })
}

/// The moment as an author would write it, for messages.
pub(crate) fn show(seconds: i64, zone: &TimeZone) -> String {
    Timestamp::from_second(seconds)
        .map(|t| t.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_date_is_midnight_in_the_zone() {
        let jakarta = zone("Asia/Jakarta").unwrap();
        assert_eq!(seconds("2026-01-01", &jakarta), Ok(1_767_200_400));
        assert_eq!(seconds("2026-01-01T00:00:00", &jakarta), Ok(1_767_200_400));
        assert_eq!(seconds("2026-01-01T00:00:00+07:00", &TimeZone::UTC), Ok(1_767_200_400));
        assert_eq!(seconds("2026-01-01", &TimeZone::UTC), Ok(1_767_225_600));
        assert!(seconds("1.1.2026", &jakarta).is_err());
        assert!(seconds("2026-02-30", &jakarta).is_err());
    }

    #[test]
    fn an_unknown_zone_names_the_nearest() {
        assert_eq!(zone("Asia/Jakata").unwrap_err(), "write `Asia/Jakarta` instead");
    }
}
