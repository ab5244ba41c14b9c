//! Starts `qodacode lsp` and hands it the user's settings.

use zed_extension_api::{self as zed, serde_json, settings::LspSettings, LanguageServerId, Result};

struct Qodacode;

impl zed::Extension for Qodacode {
    fn new() -> Self {
        Qodacode
    }

    /// The program is the one in PATH. Settings don't name it: a project has settings, too, and
    /// must not choose what is run.
    fn language_server_command(
        &mut self,
        _id: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<zed::Command> {
        let command = worktree
            .which("qodacode")
            .ok_or("qodacode is not in PATH; see https://github.com/qodacode/qodacode")?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".into()],
            env: worktree.shell_env(),
        })
    }

    /// What the server asks for as the section `qodacode`: `lsp.qodacode.settings` of Zed's.
    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?
            .settings
            .unwrap_or_else(|| serde_json::json!({}));
        Ok(Some(serde_json::json!({ "qodacode": settings })))
    }
}

zed::register_extension!(Qodacode);
