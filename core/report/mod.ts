/**
 * What a person looks at after a run: a page, pictures, a table, a summary,
 * all from the result and the artifacts.
 *
 * @module
 */

export type { ArtifactReader } from "./reader.ts";
export { summarise } from "./summary.ts";
export type {
  DatasetSummary,
  EngineSummary,
  ImagesSummary,
  MemberSummary,
  RunSummary,
  StageSummary,
  TestSummary,
  TrainSummary,
} from "./summary_types.ts";
export { formatTable, type TableOptions } from "./table.ts";
export { type ReportPaths, writeReport } from "./write.ts";
