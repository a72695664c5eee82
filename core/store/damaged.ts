/**
 * The error that makes an artifact be made again.
 *
 * @module
 */

import type { ArtifactAddress } from "./artifact.ts";

/** An artifact whose files are not what its manifest says, or are not there. */
export class DamagedArtifactError extends Error {
  override readonly name = "DamagedArtifactError";
  readonly address: ArtifactAddress;
  /** What is wrong, in a few words. */
  readonly problem: string;

  constructor(address: ArtifactAddress, problem: string) {
    super(`Cannot read artifact of stage "${address.stage}": ${problem}`);
    this.address = address;
    this.problem = problem;
  }
}
