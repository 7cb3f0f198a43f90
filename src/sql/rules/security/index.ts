import type { Rule } from '../../rule.ts';
import { copyProgram } from './copy-program.ts';
import { copyServerFile } from './copy-server-file.ts';
import { dynamicSql } from './dynamic-sql.ts';
import { extensionUntrusted } from './extension-untrusted.ts';
import { grantAll } from './grant-all.ts';
import { grantOption } from './grant-option.ts';
import { grantToPublic } from './grant-to-public.ts';
import { leakyView } from './leaky-view.ts';
import { outsideCall } from './outside-call.ts';
import { plainSecretColumn } from './plain-secret-column.ts';
import { policyAlwaysTrue } from './policy-always-true.ts';
import { policyWithoutRowSecurity } from './policy-without-row-security.ts';
import { publicSchemaCreate } from './public-schema-create.ts';
import { requireRowSecurity } from './require-row-security.ts';
import { rowSecurityDisabled } from './row-security-disabled.ts';
import { rowSecurityWithoutPolicy } from './row-security-without-policy.ts';
import { secretLiteral } from './secret-literal.ts';
import { securityDefinerSearchPath } from './security-definer-search-path.ts';
import { superuserRole } from './superuser-role.ts';
import { untrustedLanguage } from './untrusted-language.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const security: readonly Rule[] = [
  copyProgram,
  copyServerFile,
  dynamicSql,
  extensionUntrusted,
  grantAll,
  grantOption,
  grantToPublic,
  leakyView,
  outsideCall,
  plainSecretColumn,
  policyAlwaysTrue,
  policyWithoutRowSecurity,
  publicSchemaCreate,
  requireRowSecurity,
  rowSecurityDisabled,
  rowSecurityWithoutPolicy,
  secretLiteral,
  securityDefinerSearchPath,
  superuserRole,
  untrustedLanguage,
];
