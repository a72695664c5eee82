/**
 * What a stage says of itself, so that a search can tell settings apart by what
 * it gives.
 *
 * @module
 */

/** Declared by a stage whose result says how good a setting is. */
export interface Judged<Options> {
  /** The option of which more takes longer and says more: `epochs`. */
  readonly over: keyof Options & string;
  /** What the scores are: `validation loss in nats an image`. */
  readonly measure: string;
  /** Why its result says nothing under these options, and what to do; null: it does. */
  refuse(
    options: Options,
  ): { readonly why: string; readonly hint: string } | null;
  /**
   * A result's score, the smaller the better, never of the data that the final
   * figures are measured on; and the steps from the first one on.
   */
  judge(
    given: Readonly<Record<string, unknown>>,
    options: Options,
  ): { readonly value: number; readonly work: number };
}
