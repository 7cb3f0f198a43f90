import { sarifUpload, uploadSarif } from '../operations/code-scanning.ts';
import { repositoryApi } from '../views/urls.ts';
import { text } from './body.ts';
import { ok, on, param, repositoryIn } from './call.ts';

const sarifs = '/repos/:owner/:repo/code-scanning/sarifs';

export const codeScanningRoutes = [
  on('POST', sarifs, async (call) => {
    const repository = repositoryIn(call);
    const { id } = await uploadSarif(call.site, call.actor, repository, {
      commitSha: text(call, 'commit_sha') ?? '',
      ref: text(call, 'ref') ?? '',
      sarif: text(call, 'sarif') ?? '',
      toolName: text(call, 'tool_name'),
    });
    return ok({ id, url: `${repositoryApi(call.site, repository)}/code-scanning/sarifs/${id}` }, 202);
  }),
  on('GET', `${sarifs}/:id`, (call) => {
    const repository = repositoryIn(call);
    const { id, errors } = sarifUpload(call.site, call.actor, repository, param(call, 'id'));
    const failed = errors.length > 0;
    return ok({
      processing_status: failed ? 'failed' : 'complete',
      analyses_url: failed ? null : `${repositoryApi(call.site, repository)}/code-scanning/analyses?sarif_id=${id}`,
      errors: failed ? errors : null,
    });
  }),
];
