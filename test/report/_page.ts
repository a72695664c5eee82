/** Reports of fake results. @module */

import { gatherData } from "../../core/report/gather_data.ts";
import { renderHtml } from "../../core/report/html.ts";
import type { FakeOptions } from "./fake_artifacts.ts";
import { fakeResult } from "./fake_result.ts";

/** The page of a fake result. */
export async function page(
  options: Omit<FakeOptions, "outputDirectory"> = {},
): Promise<string> {
  const fake = fakeResult({ outputDirectory: "/outputs", ...options });
  return await renderHtml(await gatherData(fake.result, fake.store));
}

let plain: Promise<string> | undefined;

/** The page of a result like any other, drawn once. */
export function plainPage(): Promise<string> {
  return plain ??= page();
}
