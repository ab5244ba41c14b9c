package estimate

// ImageTokens is what one image in a prompt takes, in tokens: where the model looks closely,
// and where the request says detail "low". id is the model's; the latter is OpenAI's.
func ImageTokens(id string) (closely Range, glance float64) { return image, lowDetail(id) }
