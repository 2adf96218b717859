# frozen_string_literal: true

class WorksheetsController < ApplicationController
  def create
    request = Ai::Request.new(purpose: "worksheet")
    request.with("difficulty", params[:difficulty]) if params[:difficulty]
    @worksheet = request.call("Worksheet for #{params[:topic]}")
    track "worksheet", purpose: "worksheet", grade: params[:grade]
  end
end
