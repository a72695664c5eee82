/**
 * Every kind of change that a person makes between two runs.
 *
 * @module
 */

import type { ChangeCase } from "./change_case.ts";
import { CONFIG_CHANGES } from "./config_changes.ts";
import { ENGINE_CHANGES } from "./engine_changes.ts";
import { PLUGIN_CHANGES } from "./plugin_changes.ts";
import { STAGE_CHANGES } from "./stage_changes.ts";

/** In the order of the table in `core/pipeline/README.md`. */
export const CHANGES: readonly ChangeCase[] = [
  ...CONFIG_CHANGES,
  ...PLUGIN_CHANGES,
  ...STAGE_CHANGES,
  ...ENGINE_CHANGES,
];
