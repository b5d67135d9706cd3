"""The rules and the forms as data (政策文件): TOML, schema, loader, wording."""
