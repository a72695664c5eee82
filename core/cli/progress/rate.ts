/**
 * Speed and time left of a stage, from its progress.
 *
 * @module
 */

/** What a display shows of a running stage. */
export interface Pace {
  /** Done so far, from 0 to 1. */
  readonly fraction: number;
  /** Units a second since the stage began; null while nothing is known. */
  readonly rate: number | null;
  /** Seconds left; null while nothing is known. */
  readonly left: number | null;
}

/** Follows one stage. */
export interface PaceMeter {
  /** Takes in that `done` of `total` are done at time `now`, in milliseconds. */
  update(done: number, total: number, now: number): Pace;
}

/** A meter for one stage; a resumed one counts from where it resumed. */
export function paceMeter(): PaceMeter {
  let first: { readonly done: number; readonly time: number } | undefined;
  return {
    update: (done, total, now) => {
      first ??= { done, time: now };
      const fraction = total > 0 ? Math.min(done / total, 1) : 0;
      const seconds = (now - first.time) / 1000;
      const progress = done - first.done;
      if (seconds <= 0 || progress <= 0) {
        return { fraction, rate: null, left: null };
      }
      const rate = progress / seconds;
      return { fraction, rate, left: Math.max(total - done, 0) / rate };
    },
  };
}

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
