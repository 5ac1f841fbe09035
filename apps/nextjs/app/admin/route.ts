import { adminPage } from '@trusted-header/app-ui';
import { withUser } from '../../lib/login';
import { page } from '../../src/page';

export const GET = withUser((user) => page(adminPage, user), 'admin');
