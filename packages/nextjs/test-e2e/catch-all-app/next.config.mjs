const { UPSTREAM, CATCH_ALL = 'rewrite', BASE_PATH, STANDALONE, DIST_DIR } = process.env;

/** What takes every path that nothing else takes: a page or a route of the App router, a page of the Pages router. */
const EXTENSIONS = { page: ['catchall.tsx'], route: ['catchall.ts'], pages: ['catchall.jsx'] };

export default {
  distDir: DIST_DIR,
  pageExtensions: ['tsx', 'ts', ...(EXTENSIONS[CATCH_ALL] ?? [])],
  typescript: { ignoreBuildErrors: true },
  ...(STANDALONE && { output: 'standalone' }),
  ...(BASE_PATH && { basePath: BASE_PATH }),
  ...(CATCH_ALL === 'pages' && { i18n: { locales: ['en', 'de'], defaultLocale: 'en' } }),
  /** The usual way to move an application to Next bit by bit. */
  async rewrites() {
    const fallback = [{ source: '/:path*', destination: `${UPSTREAM}/legacy/:path*` }];
    return CATCH_ALL === 'rewrite' ? { fallback } : {};
  },
};
