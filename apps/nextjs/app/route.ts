import { homePage } from '@trusted-header/app-ui';
import { page } from '../src/page';

export const GET = () => page(homePage);
