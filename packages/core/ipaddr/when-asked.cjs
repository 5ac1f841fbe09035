// For Node, where loading ipaddr.js costs every start 5 ms, and only few starts have something to say about an address. Not an ES module,
// which could not ask later: bundlers see this `require`, and what traces files for a deployment knows `require` and not `module-sync`.
exports.ipaddr = () => require('ipaddr.js');
