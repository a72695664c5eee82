/**
 * A small project as a person might have it: a config, two stages of their own,
 * a prior in a file with a helper, one in a package, a data file.
 *
 * @module
 */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfig } from "../../../core/config/load.ts";
import { giveEngine } from "../../../core/vae/engine_provider.ts";
import { normaliseConfig } from "../../../core/vae/normalise.ts";
import type { EngineInfo } from "../../../core/engine/engine.ts";
import { planPipeline } from "../../../core/pipeline/plan.ts";
import type { Plan } from "../../../core/pipeline/types.ts";
import { age } from "../_age.ts";
import { FILES } from "./_project_files.ts";

/** A folder with the project in it. */
export interface ChangesProject {
  readonly folder: string;
  /** Replaces a piece of a file, which must be there. */
  edit(file: string, from: string, to: string): void;
  /** Writes a file. */
  write(file: string, text: string): void;
  /** Changes values of the config. */
  configure(values: Readonly<Record<string, unknown>>): void;
  plan(options?: PlanOptions): Promise<Plan>;
}

/** How a plan is asked for. */
export interface PlanOptions {
  readonly engine?: EngineInfo;
  readonly preset?: string;
  readonly config?: string;
  /** Variables of the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const ENGINE: EngineInfo = { name: "cpu", version: "tfjs" };

/** Makes the project in a folder of its own. */
export function createChangesProject(): ChangesProject {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  const project = openChangesProject(folder);
  for (const [file, text] of Object.entries(FILES)) project.write(file, text);
  return project;
}

/** The same project, with its store, in another folder. */
export function copyProject(project: ChangesProject): ChangesProject {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  cpSync(project.folder, folder, {
    recursive: true,
    preserveTimestamps: true,
  });
  return openChangesProject(folder);
}

/** Removes the project. */
export function removeProject({ folder }: ChangesProject): void {
  rmSync(folder, { recursive: true, force: true });
}

function openChangesProject(folder: string): ChangesProject {
  const write = (file: string, text: string) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    age(path);
  };
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return {
    folder,
    write,
    edit: (file, from, to) => {
      const text = read(file);
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      write(file, text.replace(from, to));
    },
    configure: (values) => {
      const [file = ""] = readdirSync(folder).filter((name) =>
        name.endsWith(".config.json")
      );
      const config = { ...JSON.parse(read(file)), ...values };
      write(file, JSON.stringify(config, null, 2));
    },
    plan: async (options = {}) => {
      const file = join(folder, options.config ?? "pipeline.config.json");
      const { config } = await loadConfig({ file });
      const resolved = await normaliseConfig(config, {
        baseDirectory: folder,
        configFile: file,
        preset: options.preset,
        defaultStages: [],
      });
      const { engine = ENGINE, env = {} } = options;
      Object.assign(process.env, env);
      try {
        return await planPipeline(resolved, [giveEngine(engine, resolved)]);
      } finally {
        for (const name of Object.keys(env)) delete process.env[name];
      }
    },
  };
}
