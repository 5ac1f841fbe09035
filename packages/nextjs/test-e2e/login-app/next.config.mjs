const { STANDALONE, DIST_DIR = '.next' } = process.env;

/** The preload is loaded by Node, not by Next: it must be in the folder that `server.js` runs in. */
const standalone = {
  output: 'standalone',
  outputFileTracingIncludes: {
    '/**': ['./node_modules/@trusted-header/**/*', './node_modules/ipaddr.js/**/*'],
  },
};

export default { distDir: DIST_DIR, ...(STANDALONE && standalone) };
