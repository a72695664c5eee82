/**
 * What a person looks at after a run: a page, pictures, a table, a summary,
 * all from the result and the artifacts.
 *
 * @module
 */

export type { ArtifactReader } from "./reader.ts";
export { summarise } from "./summary.ts";

export { formatTable } from "./table.ts";
export { type ReportPaths, writeReport } from "./write.ts";
