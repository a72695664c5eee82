/**
 * Runs the project in a folder, from a process of its own:
 * `_run_project.ts <folder> <config as JSON>`.
 *
 * @module
 */

import { openProject, summary } from "./_open_project.ts";

const [folder, config] = process.argv.slice(2);
const waits: string[] = [];
const result = await openProject(folder!).run(JSON.parse(config!), {
  onEvent: (event) => {
    if (event.type === "start") console.log(`start ${event.node.title}`);
    if (event.type === "warn") waits.push(event.message);
  },
});
console.log(JSON.stringify({ summary: summary(result), waits }));
