/**
 * A worker for the project in a folder, in a process that can be killed:
 * `_worker_process.ts <folder> <Redis URL>`. Prints what it does.
 *
 * @module
 */

import { digestFile } from "../../core/pipeline/key/file_digest.ts";
import { digesterOf } from "../../core/pipeline/beside_store.ts";
import { runWorker } from "../../core/queue/worker.ts";
import { openStore } from "../../core/store/open.ts";
import { engine, openProject } from "../pipeline/_open_project.ts";

const [folder, url] = process.argv.slice(2);
const config = openProject(folder!).config();
await runWorker({
  place: { url: url!, queue: "test" },
  store: await openStore(config.storeDirectory),
  baseDirectory: config.baseDirectory,
  engine,
  digester: digesterOf(config),
  digestFile,
  concurrency: 1,
  // It is there to be killed, and to be found dead soon.
  leaseSeconds: 2,
  drain: false,
  signal: new AbortController().signal,
  onEvent: (event) => console.log(JSON.stringify(event)),
});
