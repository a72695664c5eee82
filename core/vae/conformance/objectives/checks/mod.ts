/** The checks of objectives, in the order in which they run. @module */

import type { Check } from "../../check.ts";
import type { ObjectiveSubject } from "../subject.ts";
import { bound } from "./bound.ts";
import { compiled } from "./compiled.ts";
import { contract } from "./contract.ts";
import { finite } from "./finite.ts";
import { gradient } from "./gradient.ts";
import { seeds } from "./seeds.ts";
import { shapes } from "./shapes.ts";
import { terms } from "./terms.ts";

/** What others rest on comes first. */
export const OBJECTIVE_CHECKS: readonly Check<ObjectiveSubject>[] = [
  contract,
  shapes,
  seeds,
  terms,
  bound,
  gradient,
  finite,
  compiled,
];
