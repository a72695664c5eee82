/**
 * The page: one file, nothing loaded from anywhere.
 *
 * @module
 */

import { valuesOf } from "../pipeline/trials.ts";
import type { ReportData } from "./data.ts";
import { datasetTitle, plural } from "./format.ts";
import { explorerScript } from "./explorer/script.ts";
import { type Markup, markup, raw } from "./markup.ts";
import { type Notice, noticesOf } from "./notices.ts";
import type { InlineScript } from "./page_script.ts";
import { type Section, SECTIONS } from "./sections/mod.ts";
import { STYLE } from "./style.ts";

/** Even a mistake in a later section cannot reach the network. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
/** The section that comes to life. */
const EXPLORER = "explorer";

/** Renders the whole page. Returns the text of `report.html`. */
export async function renderHtml(data: ReportData): Promise<string> {
  const parts: { section: Section; content: Markup }[] = [];
  for (const section of SECTIONS) {
    const content = await section.render(data);
    if (content !== null) parts.push({ section, content });
  }
  const title = titleOf(data);
  const script = parts.some(({ section }) => section.id === EXPLORER)
    ? await explorerScript()
    : null;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="lead">${leadOf(data)}</p>
${noticesOf(data).map(notice)}</header>
<nav aria-label="Sections"><ul>${
    parts.map(({ section }) =>
      markup`<li><a href="#${section.id}">${
        section.short ?? section.title
      }</a></li>`
    )
  }</ul></nav>
<main>
${
    parts.map(({ section, content }) =>
      markup`<section aria-labelledby="${section.id}">
<h2 id="${section.id}">${section.title}</h2>
${content}
</section>
`
    )
  }</main>
${script && markup`<script>${raw(script.code)}</script>`}
</body>
</html>
`;
  return page.text;
}

/** One script may run, known by its digest, if any. */
function policy(script: InlineScript | null): string {
  return script === null ? POLICY : `${POLICY}; script-src ${script.hash}`;
}

/** `VAE with 4 priors on MNIST`, for people and for the browser's tab. */
function titleOf({ dataset, plan }: ReportData): string {
  const data = dataset === null
    ? ""
    : ` on ${
      dataset.synthetic ? "synthetic digits" : datasetTitle(dataset.name)
    }`;
  const priorsOfPlan = valuesOf(plan.config, "prior");
  const [first, ...others] = priorsOfPlan;
  const priors = first === undefined || others.length > 0
    ? plural(priorsOfPlan.length, "prior")
    : `${first.label} prior`;
  return `VAE with ${priors}${data}`;
}

function leadOf({ plan, dataset }: ReportData): string {
  const { config, shared: { engine } } = plan;
  const dims = valuesOf(config, "latentDim").join(", ");
  const seeds = valuesOf(config, "seed");
  return [
    plural(plan.trials.length, "trial"),
    ...partsOf(plan),
    `latent dimension ${dims}`,
    seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds.join(", ")}`,
    ...config.axes.filter(({ axis }) =>
      axis.option !== undefined && axis.isTuned !== true
    )
      .map(({ axis, values }) =>
        values.map((value) => axis.title(value)).join(", ")
      ),
    `${engine.name} engine`,
    ...(dataset === null ? [] : [`data: ${dataset.source}`]),
  ].join(" · ");
}

/** What models are made of where that is not the same as ever: `networks MLP(400), Conv`. */
function partsOf({ config }: ReportData["plan"]): readonly string[] {
  return config.axes.filter(({ axis, values }) =>
    axis.isUsual !== undefined && axis.isAlwaysNamed !== true &&
    !(values.length === 1 && axis.isUsual(values[0]))
  ).map(({ axis, values }) =>
    `${values.length === 1 ? axis.name : axis.plural} ${
      values.map((value) => axis.title(value)).join(", ")
    }`
  );
}

function notice({ severity, title, text }: Notice): Markup {
  const role = severity === "alarm" ? raw(' role="alert"') : null;
  return markup`<div class="notice ${severity}"${role}><strong>${title}</strong><p>${text}</p></div>
`;
}
