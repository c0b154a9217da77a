/** Usual column names -> roles. Only what a loss cannot do without is inferred; see docs/ARCHITECTURE.md. */
import { ROLES, type Role, type RoleName } from '../losses/roles.ts';
import { numbered } from './select.ts';

/** Columns that could play a role. */
export interface Candidate {
  readonly role: RoleName;
  readonly columns: readonly number[];
}

const SEPARATORS = /[\s._-]/g;

function plain(name: string): string {
  return name.trim().toLowerCase().replace(SEPARATORS, '');
}

/** All columns or families of columns whose name is usual for the role. */
export function candidates(roleName: RoleName, columns: readonly string[]): Candidate[] {
  const role: Role = ROLES[roleName];
  const names = new Set(role.names.map(plain));
  const stems = new Set(role.stems.map(plain));
  const single = columns.flatMap((name, column) => (names.has(plain(name)) ? [{ role: roleName, columns: [column] }] : []));
  const families = new Map<string, { column: number; name: string; part: string }[]>();
  columns.forEach((name, column) => {
    const match = /^(.*?)(\d+)$/s.exec(name.trim());
    if (!match || !stems.has(plain(match[1]))) return;
    const family = families.get(match[1]) ?? [];
    family.push({ column, name, part: match[2] });
    families.set(match[1], family);
  });
  const vectors = [...families.values()]
    .filter((family) => family.length > 1)
    .map((family) => ({ role: roleName, columns: numbered(family, roleName) }));
  return [...single, ...vectors];
}
