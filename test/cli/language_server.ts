/** What an editor's JSON language server says of a config. @module */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import json from "vscode-json-languageservice";

/** Edits texts as if they were files of a folder; `|` is the cursor. */
export interface Editor {
  /** What is offered at the cursor, with what is told of each. */
  complete(text: string): Promise<ReadonlyMap<string, string>>;
  /** What is told of the word at the cursor. */
  hover(text: string): Promise<string>;
  /** What is marked: the marked text, and why. */
  mark(text: string): Promise<readonly (readonly [string, string])[]>;
}

/** An editor that knows no more of a text than the `$schema` in it. */
export function editorIn(folder: string): Editor {
  const service = json.getLanguageService({
    schemaRequestService: (url) => readFile(fileURLToPath(url), "utf8"),
    workspaceContext: {
      resolveRelativePath: (path, file) => new URL(path, file).href,
    },
  });
  const open = (text: string) => {
    const { href } = pathToFileURL(join(folder, "pipeline.config.json"));
    const plain = text.replace("|", "");
    const document = json.TextDocument.create(href, "json", 1, plain);
    const position = document.positionAt(text.indexOf("|"));
    return { document, position, parsed: service.parseJSONDocument(document) };
  };
  return {
    complete: async (text) => {
      const { document, position, parsed } = open(text);
      const list = await service.doComplete(document, position, parsed);
      return new Map(
        list?.items.map(({ label, documentation = "" }) => [
          label.replaceAll('"', ""),
          plain(documentation),
        ]),
      );
    },
    hover: async (text) => {
      const { document, position, parsed } = open(text);
      const hover = await service.doHover(document, position, parsed);
      return [hover?.contents ?? ""].flat().map(plain).join("\n");
    },
    mark: async (text) => {
      const { document, parsed } = open(text);
      const found = await service.doValidation(document, parsed);
      return found.map(({ range, message }) =>
        [document.getText(range), String(message)] as const
      );
    },
  };
}

function plain(text: string | { readonly value: string }): string {
  return typeof text === "string" ? text : text.value;
}
