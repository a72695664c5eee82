/**
 * One artifact, as lines and as JSON.
 *
 * @module
 */

import { formatBytes, formatWhen } from "../runs/format.ts";
import type { KeptArtifact, StoredReference } from "../store/admin.ts";
import type { ArtifactStore } from "../store/store.ts";
import { formatColumns } from "../lib/columns.ts";
import { formatSeconds } from "./progress/rate.ts";
import { terminalWidth } from "./wrap.ts";

/** What its key is made of, its files, and who uses it. */
export function describeArtifact(
  artifact: KeptArtifact,
  references: readonly StoredReference[],
  store: ArtifactStore,
): readonly string[] {
  const { address, manifest, problem, bytes, modified, locked } = artifact;
  const width = terminalWidth();
  const lines = [
    `${address.stage} ${address.key}`,
    `  ${store.place(address)}`,
    `  made ${formatWhen(modified)}, ${formatBytes(bytes)}${
      manifest === null ? "" : `, took ${formatSeconds(manifest.ms / 1000)}`
    }`,
  ];
  if (manifest?.engine !== undefined) {
    const { name, version, threads } = manifest.engine;
    lines.push(`  engine ${name} (${version}), threads ${threads}`);
  }
  if (problem !== null) lines.push(`  DAMAGED: ${problem}`);
  if (locked) lines.push("  a process is at work on it");
  if (manifest !== null) {
    const files = Object.entries(manifest.files);
    lines.push(
      "",
      "Fields of the key",
      ...indent(formatColumns(Object.entries(manifest.fields), {
        width: width - 2,
        flexible: 1,
      })),
      "",
      `Files, giving ${manifest.gives.join(", ")}`,
      ...indent(formatColumns(
        files.map(([path, { size, sha256 }]) => [
          path,
          formatBytes(size),
          sha256,
        ]),
        { width: width - 2, flexible: 2, right: [1] },
      )),
      ...manifest.warnings.map((warning) => `warning: ${warning}`),
    );
  }
  const users = usersOf(artifact, references);
  lines.push(
    "",
    users.length === 0 ? "No run uses it" : "Used by",
    ...users.map(({ run, record, working }) =>
      `  ${run}${working ? " (running)" : ""}  ${record}`
    ),
  );
  return lines;
}

/** The same for programs. */
export function artifactJson(
  artifact: KeptArtifact,
  references: readonly StoredReference[],
  store: ArtifactStore,
): unknown {
  const { address, manifest, problem, bytes, modified, locked } = artifact;
  return {
    ...address,
    directory: store.place(address),
    bytes,
    made: new Date(modified).toISOString(),
    problem,
    locked,
    manifest,
    users: usersOf(artifact, references).map(({ run, record, working }) => ({
      run,
      record,
      working,
    })),
  };
}

function usersOf(
  { address }: KeptArtifact,
  references: readonly StoredReference[],
): readonly StoredReference[] {
  return references.filter(({ holds, artifacts }) =>
    holds && artifacts.some(({ key }) => key === address.key)
  );
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
