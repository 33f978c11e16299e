import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(globalIgnores(["dist/", "**/build/", "src/messages/"]), {
  files: ["**/*.ts"],
  extends: [
    js.configs.recommended,
    tseslint.configs.strictTypeChecked,
    tseslint.configs.stylisticTypeChecked,
  ],
  languageOptions: {
    parserOptions: { projectService: true, tsconfigRootDir: process.cwd() },
  },
  rules: {
    "@typescript-eslint/no-floating-promises": [
      "error",
      {
        // The runner waits for its tests itself.
        allowForKnownSafeCalls: [
          { from: "package", name: ["test", "before", "after"], package: "node:test" },
        ],
      },
    ],
  },
  linterOptions: { reportUnusedDisableDirectives: "error" },
});
