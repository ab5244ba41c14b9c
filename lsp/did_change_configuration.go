package lsp

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/tliron/glsp/protocol_3_16"

	"github.com/qodacode/qodacode/config"
)

// didChangeConfiguration takes the settings from the notification, and from clients that
// can be asked asks for them: those send null or an old value here.
func didChangeConfiguration(s *session, p *struct {
	Settings json.RawMessage `json:"settings"`
}) error {
	if s.client.Workspace.Configuration {
		s.spawn("reading the client's settings", s.pullSettings)
		return nil
	}
	if s.setSettings(p.Settings) {
		s.configChanged()
	}
	return nil
}

// pullSettings asks the client for the user's settings.
func (s *session) pullSettings(ctx context.Context) error {
	if !s.client.Workspace.Configuration {
		return nil
	}
	section := source
	items := protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: &section}}}
	var values []json.RawMessage
	if err := s.call(ctx, "workspace/configuration", items, &values); err != nil {
		return err
	}
	if len(values) == 1 && s.setSettings(values[0]) {
		s.configChanged()
	}
	return nil
}

// setSettings takes the object under "qodacode", or that object itself, and reports whether
// it is new: editors send it again when anything changes. Mistakes in it are logged; the
// rest is used.
func (s *session) setSettings(raw json.RawMessage) bool {
	var settings config.Settings
	if json.Unmarshal(raw, &settings) != nil || settings == nil {
		return false
	}
	if inner, ok := settings[source].(map[string]any); ok {
		settings = inner
	}
	s.mu.Lock()
	same := reflect.DeepEqual(s.settings, settings)
	s.settings = settings
	s.mu.Unlock()
	if same {
		return false
	}
	for _, p := range s.configs.SetUser(settings) {
		s.log.Warn(p.Message)
	}
	return true
}

// configChanged makes a new configuration take effect everywhere.
func (s *session) configChanged() {
	s.endProjects()
	s.renewAll()
	s.startProjects()
	s.scanIfWanted()
}
