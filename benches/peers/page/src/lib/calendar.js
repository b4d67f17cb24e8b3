// Day numbers since 1970-01-01 and month numbers (year * 12 + month from 0), and how they are written.

export const dayText = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

export const monthText = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

/** Days from the civil date, proleptic Gregorian (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
export function dayNumber(year, month, day) {
  const y = year - (month <= 2 ? 1 : 0);
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}
