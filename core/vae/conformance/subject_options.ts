/** How a plugin is examined. @module */

/** How a plugin is examined. */
export interface SubjectOptions {
  /** URL of the module that it was loaded from, where it is known. */
  readonly url?: string | undefined;
  /** Of all draws. Default 0. */
  readonly seed?: number | undefined;
  /**
   * Share of the draws that `check` makes, above 0: fewer are quicker, and
   * limits widen with the errors, so that a false alarm stays as rare. Default 1.
   */
  readonly drawShare?: number | undefined;
}
