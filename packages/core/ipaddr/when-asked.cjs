// The same for the CommonJS build.
exports.ipaddr = () => require('ipaddr.js');
