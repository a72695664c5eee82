/** What stages of a model see of their run. @module */

import type {} from "../engine_provider.ts";
import type {} from "../prior_axis.ts";
import type { StageContext } from "../../pipeline/stage.ts";

/** The context of a stage that uses all of these. */
export type ModelContext = StageContext<
  "prior" | "latentDim" | "seed" | "engine"
>;
