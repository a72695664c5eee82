/**
 * What stages hand to each other. Every artifact is plain data: JSON values
 * with typed arrays as leaves, so that the store can keep any of them without
 * knowing it, and no tensor outlives its stage.
 *
 * Users add their own by declaration merging:
 *
 * ```ts
 * declare module "vae-priors/artifacts" {
 *   interface Artifacts {
 *     embedding: { points: Float32Array };
 *   }
 * }
 * ```
 *
 * @module
 */

/** Artifact name to its type. */
// deno-lint-ignore no-empty-interface
export interface Artifacts {}

/** Name of an artifact. */
export type ArtifactName = keyof Artifacts & string;
