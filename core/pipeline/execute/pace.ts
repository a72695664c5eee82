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

/** A meter for one stage; one that resumes counts from where it does. */
export function paceMeter(): PaceMeter {
  let first: { readonly done: number; readonly time: number } | undefined;
  let last = 0;
  return {
    update: (done, total, now) => {
      // Less than before: it is tried again.
      if (first === undefined || done < last) first = { done, time: now };
      last = done;
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
