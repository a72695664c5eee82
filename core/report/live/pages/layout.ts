/**
 * What all live pages have around them.
 *
 * @module
 */

import { commandLine } from "../../../lib/command_line.ts";
import { type Markup, markup, raw } from "../../markup.ts";
import type { InlineScript } from "../../page_script.ts";
import { STYLE } from "../../style.ts";
import { type Fragments, versionOf } from "../channel.ts";
import { LIVE_STYLE } from "./style.ts";

/** A page made of fragments that change. */
export interface LivePage {
  readonly title: string;
  /** What the page is about, in a line; links back where there is a way back. */
  readonly lead: Markup;
  /** Puts what fragments show in their places; default one after the other. */
  arrange?(parts: ReadonlyMap<string, Markup>): Markup;
  /** Fragments as they are now; null where there is nothing any more. Their names stay the same. */
  look(): Promise<Fragments | null>;
}

/** The page as HTML. */
export function layout(
  { title, lead, arrange = inOrder }: LivePage,
  fragments: Fragments,
  script: InlineScript,
): string {
  const parts = [...fragments].map(([id, html]) =>
    [id, part(id, html)] as const
  );
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE)}${raw(LIVE_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<p class="connection" role="status" data-serve="${
    commandLine("serve")
  }"><noscript>Without JavaScript the page shows how things stood when it was loaded.</noscript></p>
</header>
<main>
${arrange(new Map(parts))}</main>
<script>${raw(script.code)}</script>
</body>
</html>
`.text;
}

function inOrder(parts: ReadonlyMap<string, Markup>): Markup {
  return markup`${[...parts.values()]}`;
}

/** What the page's script finds and replaces. */
function part(id: string, html: string): Markup {
  return markup`<div data-fragment="${id}" data-version="${versionOf(html)}">${
    raw(html)
  }</div>
`;
}
