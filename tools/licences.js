import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of the packages that went into a bundle, in one text.
 *
 * @param {string} root folder of the project
 * @param {readonly string[]} files of the bundle, relative to the root
 */
export function thirdParty(root, files) {
  const packages = new Set(
    files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter((folder) => folder !== undefined),
  );
  const texts = [...packages].sort().map((folder) => licenceOf(join(root, folder)));
  return [`The files beside this one contain code of these packages.\n`, ...texts].join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder of an installed package */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file: it cannot be bundled`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
