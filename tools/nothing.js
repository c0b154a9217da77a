/** Stands in for a module that the bundle names but never uses: see bundle.js. */
export default {};
