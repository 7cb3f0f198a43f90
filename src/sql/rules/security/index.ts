import type { Rule } from '../../rule.ts';
import { copyProgram } from './copy-program.ts';
import { grantAll } from './grant-all.ts';
import { grantOption } from './grant-option.ts';
import { grantToPublic } from './grant-to-public.ts';
import { outsideCall } from './outside-call.ts';
import { publicSchemaCreate } from './public-schema-create.ts';
import { secretLiteral } from './secret-literal.ts';
import { superuserRole } from './superuser-role.ts';
import { untrustedLanguage } from './untrusted-language.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const security: readonly Rule[] = [
  copyProgram,
  grantAll,
  grantOption,
  grantToPublic,
  outsideCall,
  publicSchemaCreate,
  secretLiteral,
  superuserRole,
  untrustedLanguage,
];
