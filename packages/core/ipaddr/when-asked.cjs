// The same as when-asked.js, for the CommonJS build.
exports.ipaddr = () => require('ipaddr.js');
