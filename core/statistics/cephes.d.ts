/** The functions that are used: the package's own types are not among its exports. */
declare module "cephes" {
  /** Done when the others can be called. */
  export const compiled: Promise<void>;
  /** The regularised incomplete beta function I_x(a, b). */
  export function incbet(a: number, b: number, x: number): number;
  /** Its inverse in x. */
  export function incbi(a: number, b: number, y: number): number;
  /** The normal distribution function, and its inverse. */
  export function ndtr(x: number): number;
  export function ndtri(p: number): number;
}
