/** Ctrl-C at a moment that a test chooses. @module */

/** A signal that fires at the `count`-th look at it: a stage looks after each step. */
export function firesAtLook(count: number): AbortSignal {
  let looks = 0;
  return {
    get aborted() {
      return ++looks >= count;
    },
    throwIfAborted: () => {
      if (looks >= count) throw new Error("stop");
    },
  } as AbortSignal;
}
