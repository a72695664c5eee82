/**
 * The engine, which all runs of a plan share.
 *
 * @module
 */

import type { ResolvedConfig } from "../config/types.ts";
import {
  describeEngine,
  type Engine,
  type EngineChoice,
  type EngineInfo,
} from "../engine/engine.ts";
import { isGreeting } from "../engine/native/greeting.ts";
import { engineSurroundings } from "../engine/surroundings.ts";
import type { Given, Provider } from "../pipeline/provider.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The engine, started; needs `params: ["engine"]`. */
    readonly engine: Engine;
  }
}
declare module "../pipeline/types.ts" {
  interface Shared {
    readonly engine: PlannedEngine;
  }
}

/** Which engine it will be, and with how many threads. */
export interface PlannedEngine extends EngineInfo {
  readonly threads: number;
  /** What the config asked for. */
  readonly wanted: EngineChoice;
}

/** The module whose source stands for an engine with all our kernels. */
const ENGINE_MODULE = new URL("../engine/start.ts", import.meta.url).href;

const engineProvider: Provider<PlannedEngine> = {
  name: "engine",
  module: import.meta.url,
  isSlow: true,
  fields: ({ name, version, threads }) => ({
    engine: name,
    "engine.version": version,
    ...Object.fromEntries(
      Object.entries(engineSurroundings(name, threads)).map((
        [what, value],
      ) => [`engine.${what}`, value]),
    ),
  }),
  sources: () => [
    { what: "the engine", module: ENGINE_MODULE, field: "engine.source" },
  ],
  send: (data) => ({ module: null, data }),
  here: async ({ data }) => {
    const planned = data as PlannedEngine;
    return { ...planned, ...await describeEngine(planned.name) };
  },
  open: async ({ data }): Promise<Engine> => {
    const { startEngine } = await import("../engine/start.ts");
    const { name, version, threads } = data as PlannedEngine;
    return await startEngine({ name, version }, { threads });
  },
  kept: (opened) => {
    const { name, version, threads } = opened as Engine;
    return { engine: { name, version, threads } };
  },
  isNoise: isGreeting,
};

export default engineProvider;

/** An engine as a plan is given it. */
export function giveEngine(
  info: EngineInfo,
  { threads, engine: wanted }: Pick<ResolvedConfig, "threads" | "engine">,
): Given<PlannedEngine> {
  const value = { ...info, threads, wanted };
  return { provider: engineProvider, value };
}
