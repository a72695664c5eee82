/** What stages of a model see of their run. @module */

import type {} from "../engine_provider.ts";
import type {} from "../likelihood_axis.ts";
import type {} from "../network_axis.ts";
import type {} from "../objective_axis.ts";
import type {} from "../prior_axis.ts";
import type { StageContext } from "../../pipeline/stage.ts";

/** The context of a stage that looks at a trained model. */
export type ModelContext = StageContext<
  "prior" | "network" | "likelihood" | "latentDim" | "seed" | "engine"
>;

/** The context of the stage that trains one. */
export type TrainContext = ModelContext & StageContext<"objective">;
