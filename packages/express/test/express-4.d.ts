/** Express 4, for the tests: of the same shape as far as they go. */
declare module 'express-4' {
  import express from 'express';

  export default express;
}
