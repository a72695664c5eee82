/** Commands of the documentation, as they are pasted. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const FOLDERS = ["core", "datasets", "plugins", "test"];

const pages = [
  ...readdirSync(ROOT),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .map((file) => join(folder, file))
  ),
].filter((file) => file.endsWith(".md"));

/** Lines of a page's blocks for a shell, and commands in its text and tables. */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const blocks = [...text.matchAll(/^ *```(\w*).*\n([^]*?)^ *```/gm)];
  const lines = blocks
    .filter(([, language]) => /^(?:sh|bash|zsh|shell|console)$/.test(language!))
    .flatMap(([, , lines]) => lines!.split("\n"));
  const spans = [...text.matchAll(/`((?:npm|npx|node|export) [^`\n]*)`/g)]
    .map(([, span]) => span!);
  return [...lines, ...spans];
}

test("every page is looked at", () => {
  expect(pages).toEqual(expect.arrayContaining([
    "README.md",
    join("core", "queue", "README.md"),
    join("plugins", "_template", "prior", "my_prior.md"),
    join("test", "bench", "paper", "README.md"),
  ]));
  expect(commandsOf("README.md")).toEqual(expect.arrayContaining([
    "npm ci && npm start",
    "npm start -- --dry",
    "npm run cli -- gc --dry",
  ]));
});

test.each(pages)(
  "%s: no command has a comment, which zsh takes for words",
  (page) => {
    expect(commandsOf(page).filter((line) => /(?:^|\s)#/.test(line)))
      .toEqual([]);
  },
);

test.each(pages)("%s: flags stand behind --, or npm keeps them", (page) => {
  const kept = commandsOf(page).filter((line) =>
    /\bnpm (?:start|test|run \w+)\b(?!.* -- ).* --?[a-z]/.test(line)
  );
  expect(kept).toEqual([]);
});
