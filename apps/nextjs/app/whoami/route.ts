import { pageHeaders, whoami } from '@trusted-header/app-ui';
import { withUser } from '../../lib/login';
import { viewFor } from '../../src/page';

export const GET = withUser(async (user) =>
  Response.json(whoami(await viewFor(user)), { headers: pageHeaders }),
);
