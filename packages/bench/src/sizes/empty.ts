// What any module costs to import is not what ours costs.
export {};
