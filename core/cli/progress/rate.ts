/**
 * Rates, times and numbers beside a bar.
 *
 * @module
 */

/** A rate with its unit, `123/s` or `0.52/s`. */
export function formatRate(rate: number): string {
  return `${rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2))}/s`;
}

/** A time in seconds for people: `42 s`, `3:05 min`, `1:02:03 h`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return seconds < 10 ? `${seconds.toFixed(1)} s` : `${whole} s`;
  }
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${pad(whole % 60)} min`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${
    pad(whole % 60)
  } h`;
}

/** The numbers beside a bar: `loss 104.2`. */
export function formatFields(fields: Readonly<Record<string, number>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${formatNumber(value)}`)
    .join("  ");
}

function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toPrecision(3);
}
