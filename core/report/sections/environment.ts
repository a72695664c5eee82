/**
 * The configuration, and what it ran on.
 *
 * @module
 */

import { valuesOf } from "../../pipeline/trials.ts";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { ReportData } from "../data.ts";
import { MANIFEST } from "../../lib/extension.ts";
import { hidePaths } from "../../lib/shown_paths.ts";
import { plural } from "../../lib/count.ts";
import { datasetTitle, formatCount, formatValue } from "../format.ts";
import { type Fragment, type Markup, markup } from "../markup.ts";
import type { Section } from "./section.ts";

/** The configuration, and what it ran on. */
export const environment: Section = {
  id: "environment",
  title: "Configuration and environment",
  short: "Environment",
  render: (data) =>
    markup`<div class="columns">${facts("Environment", environmentOf(data))}${
      facts("Data", dataOf(data))
    }${facts("Config", configOf(data))}</div>${options(data)}`,
};

type Fact = readonly [string, Fragment];

function environmentOf({ plan }: ReportData): readonly Fact[] {
  return [
    ["Engine", `${plan.shared.engine.name} (${plan.shared.engine.version})`],
    ["Node.js", process.versions.node],
    ["Platform", `${process.platform} ${process.arch}`],
    ["vae-priors", projectVersion()],
  ];
}

function dataOf({ dataset }: ReportData): readonly Fact[] {
  if (dataset === null) return [["Data set", "not loaded"]];
  const { name, source, synthetic, height, width, channels, train, test } =
    dataset;
  return [
    ["Data set", `${datasetTitle(name)}${synthetic ? " (not real data)" : ""}`],
    ["Source", source],
    ["Images", `${formatCount(train)} train, ${formatCount(test)} test`],
    [
      "Size",
      `${height} × ${width} pixels${
        channels === undefined ? "" : `, ${plural(channels, "channel")}`
      }`,
    ],
  ];
}

function configOf({ plan }: ReportData): readonly Fact[] {
  const { config } = plan;
  return [
    ["Plan", markup`<code>${plan.id}</code>`],
    ["File", config.configFile === null ? "none" : basename(config.configFile)],
    ["Preset", config.preset ?? "none"],
    ["Latent dimensions", valuesOf(config, "latentDim").join(", ")],
    ["Seeds", valuesOf(config, "seed").join(", ")],
  ];
}

function facts(title: string, list: readonly Fact[]): Markup {
  return markup`<div><h3>${title}</h3><dl>${
    list.map(([name, value]) =>
      markup`<div><dt>${name}</dt><dd>${value}</dd></div>`
    )
  }</dl></div>`;
}

function options({ plan }: ReportData): Markup {
  const names = [
    ...new Set([...plan.nodes.values()].map(({ stage }) => stage.name)),
  ];
  const rows = names.flatMap((name) => {
    const entries = Object.entries(plan.config.stageOptions[name] ?? {});
    return entries.map(([key, value]) => {
      const axis = valuesOf(plan.config, `${name}.${key}`);
      const texts = (axis.length === 0 ? [value] : axis).map(formatValue);
      return markup`<tr><th scope="row"><code>${name}.${key}</code></th><td>${
        hidePaths(texts.join(", "), plan.config.baseDirectory)
      }</td></tr>`;
    });
  });
  if (rows.length === 0) return markup``;
  return markup`<details><summary>Options of all stages</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Options of all stages"><table>
<caption><span>As they ran, defaults filled in; each can be set with <code>--set</code>.</span></caption>
<thead><tr><th scope="col">Option</th><th scope="col">Value</th></tr></thead>
<tbody>${rows}</tbody></table></div></details>`;
}

function projectVersion(): string {
  return (JSON.parse(readFileSync(MANIFEST, "utf8")) as { version: string })
    .version;
}
