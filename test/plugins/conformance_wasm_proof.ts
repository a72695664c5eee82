import { testAllPriors } from "./_conformance.ts";

await testAllPriors("wasm");
