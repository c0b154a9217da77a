import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where a file is that the build made: beside the bundled program, else in the `dist` of the package whose source runs. */
export function builtFile(name: string): string {
  const file = [name, `../../dist/${name}`].map((path) => join(import.meta.dirname, path)).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`there is no dist/${name}: npm run build makes it`);
  return file;
}
