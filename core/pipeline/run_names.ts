/**
 * How runs and stages are called.
 *
 * @module
 */

import type { ResolvedConfig, ResolvedPrior } from "../config/types.ts";
import { UserError } from "../errors.ts";

/** One member of the matrix. */
export interface Member {
  readonly prior: ResolvedPrior;
  readonly latentDim: number;
  readonly seed: number;
}

/** A member with its names. */
export interface NamedMember extends Member {
  /** Unique, fit for a file name. */
  readonly id: string;
  /** Unique, for people. */
  readonly label: string;
}

/**
 * Every prior with every latent dimension and every seed.
 *
 * @throws {UserError} Where two of them would be the same, or nothing is left.
 */
export function nameMembers(config: ResolvedConfig): readonly NamedMember[] {
  refuseTwins("priors", config.priors.map(({ label }) => label));
  refuseTwins("latent dimensions", config.latentDims);
  refuseTwins("seeds", config.seeds);
  const members = config.priors.flatMap((prior) =>
    config.latentDims.flatMap((latentDim) =>
      config.seeds.map((seed) => ({ prior, latentDim, seed }))
    )
  );
  const taken = new Set<string>();
  return members.map((member) => {
    const suffix =
      (config.latentDims.length > 1 ? `-d${member.latentDim}` : "") +
      (config.seeds.length > 1 ? `-s${member.seed}` : "");
    const base = slug(member.prior.label);
    let id = `${base}${suffix}`;
    for (let n = 2; taken.has(id); n++) id = `${base}-${n}${suffix}`;
    taken.add(id);
    const label = titleOf([member.prior.label], member, config);
    return { ...member, id, label };
  });
}

/** What a title names of a member. */
export type TitlePart = "prior" | "latentDim" | "seed";

/** The title of a stage: its name and what of the run it depends on. */
export function stageTitle(
  name: string,
  member: Member,
  options: {
    readonly config: ResolvedConfig;
    readonly depends: ReadonlySet<TitlePart>;
  },
): string {
  const { config, depends } = options;
  const head = depends.has("prior") ? [name, member.prior.label] : [name];
  return titleOf(head, member, config, depends);
}

function titleOf(
  head: readonly string[],
  member: Member,
  config: ResolvedConfig,
  depends: ReadonlySet<TitlePart> = new Set(["latentDim", "seed"]),
): string {
  const parts = [...head];
  if (config.latentDims.length > 1 && depends.has("latentDim")) {
    parts.push(`D=${member.latentDim}`);
  }
  if (config.seeds.length > 1 && depends.has("seed")) {
    parts.push(`seed ${member.seed}`);
  }
  return parts.join(" ");
}

/** `Gaussian(-1,0.5)` to `gaussian-m1-0.5`; a point only within a number. */
function slug(label: string): string {
  const text = label.toLowerCase().replaceAll(/(?<![a-z0-9])-(?=[\d.])/g, "m")
    .replaceAll(/[^a-z0-9.]+|(?<!\d)\.|\.(?!\d)/g, "-")
    .replaceAll(/-{2,}/g, "-").replaceAll(/^-+|-+$/g, "");
  return text === "" ? "prior" : text;
}

function refuseTwins(what: string, values: readonly unknown[]): void {
  if (values.length === 0) {
    throw new UserError(`Cannot plan: found no ${what}, want at least one`);
  }
  const second = values.findIndex((value, i) => values.indexOf(value) < i);
  if (second < 0) return;
  const first = values.indexOf(values[second]);
  throw new UserError(
    `Cannot plan: ${what} ${first + 1} and ${second + 1} are both ${
      JSON.stringify(values[second])
    }`,
    { hint: "Remove one of them" },
  );
}
